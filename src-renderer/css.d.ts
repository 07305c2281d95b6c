// Type of imported style sheets, so that a component can import its own. The bundler collects them.

declare module '*.css';
