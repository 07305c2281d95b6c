// Lets a module take a Python file as text; the bundler reads it. Says nothing about its content.

declare module '*.py?raw' {
  const text: string;
  export default text;
}
