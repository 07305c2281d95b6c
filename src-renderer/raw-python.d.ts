// Type of Python files that are imported as text. The bundler reads them.

declare module '*.py?raw' {
  const text: string;
  export default text;
}
