/** Holidays by law, from a table that is kept up with it. */
import holidays from '@holiday-jp/holiday_jp';
import type { IsHoliday } from '../ports';

/** Where a space is not in Japanese nobody can tell in which country its people are. */
export const isHoliday: IsHoliday = (date, lang) => lang === 'ja' && holidays.isHoliday(date);
