/** What JSON has where the type has an enum: the value of its member. */
export type Plain<T> = T extends string ? `${T}` : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;
