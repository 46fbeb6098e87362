import { Center } from '@mantine/core'
import type { ReactNode } from 'react'

/** A page without the shell. */
export function FullPage({ children }: { children: ReactNode }) {
  return (
    <Center component="main" h="100%" p="md">
      {children}
    </Center>
  )
}
