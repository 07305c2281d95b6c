// Lets a component name its style sheet; the bundler gathers them. Says nothing about their content.

declare module '*.css';
