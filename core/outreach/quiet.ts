/** Wall times of the branch, in minutes since midnight: nobody is written to from `from` until `to`; past midnight when `to` is the earlier. */
export interface QuietHours {
	readonly from: number;
	readonly to: number;
}

/** Whether a minute of the day lies in the quiet hours; equal ends mean that there are none. */
export function isQuiet(minute: number, { from, to }: QuietHours): boolean {
	return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
