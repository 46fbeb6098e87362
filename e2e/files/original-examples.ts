/** The examples of files in the original description, to the letter. */

export const UPLOAD_BY_CURL = `curl -X POST http://localhost:3000/api/v1/files/upload \\
  -H "Authorization: Bearer TOKEN" \\
  -F "file=@test.pdf" \\
  -F "folder=documents"
`

export const UPLOAD_BY_FORM = `const formData = new FormData();
formData.append('file', file);
formData.append('folder', 'lesson-materials');
formData.append('category', 'document');

const response = await fetch('http://localhost:3000/api/v1/files/upload', {
  method: 'POST',
  headers: {
    'Authorization': \`Bearer \${token}\`
  },
  body: formData
});

const result = await response.json();
console.log('Uploaded:', result.data);
`

export const UPLOAD_SEVERAL = `const formData = new FormData();
files.forEach(file => {
  formData.append('files', file);
});
formData.append('folder', 'assignments');

const response = await fetch('http://localhost:3000/api/v1/files/upload/multiple', {
  method: 'POST',
  headers: {
    'Authorization': \`Bearer \${token}\`
  },
  body: formData
});
`

export const UPLOAD_COMPONENT = `function FileUpload({ token }) {
  const handleUpload = async (file) => {
    const formData = new FormData();
    formData.append('file', file);
    formData.append('folder', 'lesson-materials');

    const response = await fetch('http://localhost:3000/api/v1/files/upload', {
      method: 'POST',
      headers: {
        'Authorization': \`Bearer \${token}\`
      },
      body: formData
    });

    const result = await response.json();
    console.log('Uploaded:', result.data.url);
  };

  return (
    <input type="file" onChange={(e) => handleUpload(e.target.files[0])} />
  );
}
`

export const DOWNLOAD_LINK = `<a href="http://localhost:3000/api/v1/files/download/lesson-materials/file.pdf"
   download
   target="_blank">
  Download File
</a>
`

export const VIEWS = `<img src="http://localhost:3000/api/v1/files/view/images/avatar.png" />
<iframe src="http://localhost:3000/api/v1/files/view/documents/lecture.pdf"></iframe>
`
