import { createContext, useContext } from 'react';
import type { Config } from '#config.ts';

export const ConfigContext = createContext<Config>({ apiUrl: '', socketUrl: '', shopUrl: '/', currency: 'GBP' });
export const useConfig = (): Config => useContext(ConfigContext);
