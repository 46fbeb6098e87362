/** One page, red all over (PDF 1.4). Without the table of objects that readers rebuild. */
export const PDF = Buffer.from(`%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 600 600] /Contents 4 0 R>> endobj
4 0 obj <</Length 28>> stream
1 0 0 rg 0 0 600 600 re f   
endstream endobj
trailer <</Root 1 0 R>>
%%EOF
`)

/** One pixel (W3C PNG). */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
