/** Rookery's own picture: a rook over its nest. */
import { useId } from 'react'

export function Logo({ size = 96 }: { readonly size?: number }) {
  const id = useId()
  return (
    <svg width={size} height={size} viewBox="0 0 96 96" aria-hidden="true">
      <defs>
        <linearGradient id={id} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#2f9cc4" />
          <stop offset="1" stopColor="#075a7b" />
        </linearGradient>
      </defs>
      <rect width="96" height="96" rx="28" fill={`url(#${id})`} />
      <circle cx="75" cy="21" r="6.500" fill="#ffd27a" opacity="0.95" />
      <path
        fill="#fff"
        d="M24 49c0-14 10-25 24-25 8.500 0 15 3.700 18.600 9.400L79 39.500l-11 4.300C67 58 58 68 44 68h-3.500L28 75l3.300-10.500C26.600 60.600 24 55.300 24 49z"
      />
      <path
        fill="#0b6d94"
        d="M36 47c6.500 6.500 15 7.500 22.500 3.500-2.500 8-9 12.500-16.500 12-4.800-2.700-7-8.500-6-15.500z"
        opacity="0.28"
      />
      <circle cx="54.500" cy="37.500" r="3.700" fill="#0b5f82" />
      <path
        fill="none"
        stroke="#cdeefa"
        strokeWidth="4"
        strokeLinecap="round"
        d="M17 77c9.500 5.200 20 7.300 31 7.300S69.500 82.200 79 77M27 85.500c7 2.500 14 3.300 21 3.300"
        opacity="0.95"
      />
    </svg>
  )
}
