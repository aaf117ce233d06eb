const storageKey = 'penstock-staff-name';

/** The self-given name that every write carries. Staff have no accounts: the network is the guard. */
export const readStaffName = (): string => localStorage.getItem(storageKey) ?? '';

export const writeStaffName = (name: string): void => localStorage.setItem(storageKey, name);
