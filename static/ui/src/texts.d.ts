/** A part of a text file, as the build cuts it. */
declare module '*.json?administration' {
  const texts: Readonly<Record<string, string>>;
  export default texts;
}
declare module '*.json?review' {
  const texts: Readonly<Record<string, string>>;
  export default texts;
}
declare module '*.json?audit' {
  const texts: Readonly<Record<string, string>>;
  export default texts;
}
declare module '*.json?updates' {
  const texts: Readonly<Record<string, string>>;
  export default texts;
}
declare module '*.json?reports' {
  const texts: Readonly<Record<string, string>>;
  export default texts;
}
declare module '*.json?evidence' {
  const texts: Readonly<Record<string, string>>;
  export default texts;
}
declare module '*.json?similar' {
  const texts: Readonly<Record<string, string>>;
  export default texts;
}
