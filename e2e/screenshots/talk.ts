import type { Line } from './demo-school.ts'

const LONG_WORD = `Pneumonoultramicroscopicsilicovolcanoconiosis${'_with_a_very_long_identifier'.repeat(4)}`

/** Everything that a message can be, one after the other. */
export const CROWDED: readonly Line[] = [
  { by: 'emma', say: `A name that nobody should use: ${LONG_WORD}` },
  { by: 'emma', say: 'Morning everyone! Did anyone get exercise 3 to pass? ☕' },
  { by: 'lucas', say: 'Almost. It fails on the empty list.' },
  { by: 'lucas', say: 'Here is the part that I do not understand:' },
  {
    by: 'lucas',
    say: 'def average(values):\n    total = 0\n    for value in values:\n        total += value\n    return total / len(values)  # ZeroDivisionError?',
    reactions: { '👀': ['emma', 'huy'] },
  },
  {
    by: 'huy',
    say: 'Vì len(values) bằng 0 đó bạn. Kiểm tra danh sách rỗng trước khi chia nhé.',
    replyTo: 4,
    reactions: { '👍': ['lucas', 'emma', 'bao'], '💡': ['lucas'] },
  },
  { by: 'lucas', say: 'Ah! Thank you 🙏' },
  {
    by: 'bao',
    say: 'Tài liệu ở đây: https://docs.example.org/python/3/tutorial/controlflow.html#defining-functions-and-so-on',
  },
  { by: 'anh', say: 'Cảm ơn Bảo, mình đang tìm đúng trang này.', replyTo: 7 },
  { by: 'huy', say: '😂😂😂' },
  { by: 'huy', say: 'Gửi nhầm lớp rồi', isDeleted: true },
  {
    by: 'carter',
    say: 'The room for tomorrow has changed: B2-104 instead of A1-001. Same time, 10:00. Please bring a laptop and the exercises of week 3.',
    isAnnouncement: true,
    mentions: ['all'],
    reactions: { '👍': ['emma', 'lucas', 'anh', 'bao', 'huy'], '🎉': ['emma'] },
    isPinned: true,
  },
  { by: 'hanh', say: 'Các em nhớ mang theo thẻ sinh viên nhé. Phòng máy bây giờ quét thẻ ở cửa.' },
  {
    by: 'ha',
    say: 'Em sẽ đến sớm 15 phút để mở máy, bạn nào cần giúp cài đặt thì đến cùng ạ.',
    edited: 'Em sẽ đến sớm 20 phút để mở máy; bạn nào cần giúp cài đặt thì đến cùng ạ.',
  },
  { by: 'emma', say: '@Trần Minh Anh shall we pair up for the project?', mentions: ['anh'] },
  {
    by: 'bao',
    say: 'Câu hỏi cuối của tuần này: khi nào thì nên dùng đệ quy thay cho vòng lặp? Mình đọc hai nguồn thì một nguồn nói đệ quy luôn chậm hơn, nguồn kia lại nói tùy trình biên dịch. Ai có ví dụ cụ thể thì chia sẻ giúp mình với, mình muốn viết vào phần nhận xét của bài tập nhóm trước thứ Sáu.',
  },
  {
    by: 'carter',
    say: 'Good question. Walk a tree with both and compare the code, not the speed.',
    replyTo: 15,
    reactions: { '❤️': ['bao'] },
  },
]

/** What one has not seen yet, and what one has. */
export const SEEN: readonly Line[] = [
  { by: 'carter', say: 'Welcome! This course is about how people read screens.' },
  { by: 'emma', say: 'Hello everyone 👋' },
  { by: 'huy', say: 'Chào cả lớp ạ.' },
  { by: 'carter', say: 'Please read chapter 1 before Thursday.' },
  { by: 'emma', say: 'Is the book in the library?' },
  { by: 'carter', say: 'Two copies, on the second floor.' },
]
export const UNSEEN: readonly Line[] = [
  { by: 'huy', say: 'Mình mượn được một quyển rồi, đọc xong mình chuyền cho bạn khác nhé.' },
  { by: 'emma', say: 'Great, may I have it after you?' },
  { by: 'huy', say: 'Được chứ 😄' },
  { by: 'carter', say: '@Trần Minh Anh could you show your sketch on Thursday?', mentions: ['anh'] },
]
