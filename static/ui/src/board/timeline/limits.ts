/** Characters of one note, and notes of one press; the backend holds both. */
export const NOTE_MAX = 4000;
export const NOTES_AT_ONCE = 500;
