import { Pen } from './pen.ts'

const INK = '#27304a'
const LINES = [
  'Cho A và B là hai ma trận vuông cấp n. Khi đó:',
  'det(AB) = det(A) · det(B)',
  'Hệ quả: A khả nghịch khi và chỉ khi det(A) ≠ 0, và khi đó',
  'det(A⁻¹) = 1 / det(A)',
] as const

/** A page of slides, 1280 by 720. */
export function drawLesson(context: CanvasRenderingContext2D): void {
  const pen = new Pen(context)
  pen.fill('#ffffff', (path) => path.rect(0, 0, 1280, 720))
  pen.fill('#4263eb', (path) => path.rect(0, 0, 18, 720))
  context.fillStyle = INK
  context.font = '700 54px sans-serif'
  context.fillText('Định thức của một tích', 90, 130)
  for (const [row, line] of LINES.entries()) {
    const isFormula = row % 2 === 1
    const top = 232 + row * 110
    if (isFormula) pen.fill('#eef1fb', (path) => path.roundRect(90, top - 58, 1100, 84, 12))
    context.fillStyle = INK
    context.font = isFormula ? 'italic 600 42px serif' : '32px sans-serif'
    context.fillText(line, isFormula ? 126 : 90, top)
  }
  context.fillStyle = '#8a93ab'
  context.font = '24px sans-serif'
  context.fillText('Đại số tuyến tính · Bài 5', 90, 670)
  context.fillText('7 / 24', 1110, 670)
}
