// The preload script of a window whose page gets its port from the bench, not from the program. Does nothing.

export {};
