/** Every text of the set-up page, in each language that it speaks. */
export const SETUP_TEXTS = {
  en: {
    title: 'Set up Lectern',
    lead: 'Create the first administrator of this installation.',
    name: 'Name',
    email: 'E-mail address',
    password: 'Password',
    passwordHint: '10 to 200 characters.',
    submit: 'Create administrator',
    done: 'Done',
    doneLead: 'The administrator has been created, and this browser is signed in.',
    doneHint: 'Sign in elsewhere with this e-mail address and password:',
    refused: 'This link is not valid',
    refusedLead:
      'It has been used, or the server was started again since and printed another. While there is no administrator, every start prints a link to the console.',
    open: 'Open Lectern',
    invalid: 'Please check what you entered: a name, an e-mail address, and a password of 10 to 200 characters.',
    conflict: 'This e-mail address has an account already. Please take another.',
  },
  vi: {
    title: 'Thiết lập Lectern',
    lead: 'Tạo quản trị viên đầu tiên của hệ thống.',
    name: 'Họ và tên',
    email: 'Email',
    password: 'Mật khẩu',
    passwordHint: 'Từ 10 đến 200 ký tự.',
    submit: 'Tạo quản trị viên',
    done: 'Hoàn tất',
    doneLead: 'Đã tạo quản trị viên; trình duyệt này đã đăng nhập.',
    doneHint: 'Đăng nhập ở nơi khác bằng email và mật khẩu này:',
    refused: 'Liên kết không hợp lệ',
    refusedLead:
      'Liên kết đã được dùng, hoặc máy chủ đã khởi động lại và in ra liên kết khác. Khi chưa có quản trị viên, mỗi lần khởi động đều in một liên kết ra màn hình điều khiển.',
    open: 'Mở Lectern',
    invalid: 'Vui lòng kiểm tra lại: cần có họ tên, địa chỉ email và mật khẩu từ 10 đến 200 ký tự.',
    conflict: 'Địa chỉ email này đã có tài khoản. Vui lòng dùng địa chỉ khác.',
  },
} as const

export type SetupLanguage = keyof typeof SETUP_TEXTS
