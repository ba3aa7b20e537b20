import { expect, test } from 'bun:test'
import { moveCrop, squareOf, whole, zoomCrop } from './crop.ts'

const wide = { width: 400, height: 200 }

test('at first it is the greatest square, in the middle', () => {
  expect(squareOf(wide, whole)).toEqual({ left: 100, top: 0, side: 200 })
})

test('the square follows the hand, and stops at the edges', () => {
  expect(squareOf(wide, moveCrop(wide, whole, 0.25, 0))).toEqual({ left: 50, top: 0, side: 200 })
  const edge = moveCrop(wide, whole, 9, 9)
  expect(squareOf(wide, edge)).toEqual({ left: 0, top: 0, side: 200 })
  // What was dragged past the edge is not to be dragged back first.
  expect(squareOf(wide, moveCrop(wide, edge, -0.5, 0))).toEqual({ left: 100, top: 0, side: 200 })
})

test('zooming keeps the middle, between the whole and a fourth', () => {
  expect(squareOf(wide, zoomCrop(wide, whole, 2))).toEqual({ left: 150, top: 50, side: 100 })
  expect(zoomCrop(wide, whole, 99).zoom).toBe(4)
  expect(zoomCrop(wide, whole, 0).zoom).toBe(1)
})
