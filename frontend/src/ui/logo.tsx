/** The sign of the product; decoration beside its name. */
export function Logo({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#4263eb" />
      <path d="M7 9.5 25 7v9L7 18.5z" fill="#fff" />
      <path d="M16 18.5v5.5M10.5 25h11" fill="none" stroke="#fff" strokeWidth="2.5" strokeLinecap="round" />
    </svg>
  )
}
