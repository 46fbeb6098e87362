// One script for both: who sees the folders opens one of them next.
export { FolderPage } from './folder-page.tsx'
export { FoldersPage } from './folders-page.tsx'
