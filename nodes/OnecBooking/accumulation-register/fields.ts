import { setLocator } from '../fields';

export const registerLocator = setLocator('accumulationRegister', 'Register', 'searchOnecAccumulationRegisters', 'AccumulationRegister_Продажи');
