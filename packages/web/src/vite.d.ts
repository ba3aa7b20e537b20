/** When this page was built, in milliseconds since 1970: of two builds the greater one is newer. */
declare const rookeryBuild: number

/** The address of a worker's own bundle. */
declare module '*?sharedworker&url' {
  const address: string
  export default address
}
