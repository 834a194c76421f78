import type { Configuration } from '../model';
import { CLINIC } from './clinic';
import { SALON } from './salon';
import { TRADE } from './trade';
import { UNF } from './unf';
import { VET } from './vet';

/** The configurations of the sheet, by the name of their preset. */
export const CONFIGURATIONS = { unf: UNF, salon: SALON, clinic: CLINIC, vet: VET, trade: TRADE } as const satisfies Record<string, Configuration>;

export type ConfigurationName = keyof typeof CONFIGURATIONS;
