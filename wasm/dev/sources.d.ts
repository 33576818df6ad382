/** What the server makes of the package's `swap` room: source text by file name. */
declare const sources: Record<string, string>;
export default sources;
