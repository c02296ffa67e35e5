/** Stands in for style sheets, which jsdom does not apply. */
export {};
