/** The `.env` of the original description, to the letter; it starts as it stands. */
export const ORIGINAL_ENV = `# Socket.IO
ALLOWED_ORIGINS=http://localhost:3000,http://localhost:5173

# File Upload
UPLOAD_PATH=./uploads
MAX_FILE_SIZE=10485760  # 10MB
PUBLIC_URL=http://localhost:3000

# Storage (for future cloud integration)
STORAGE_TYPE=local  # local | aws_s3 | azure_blob | google_cloud
`
