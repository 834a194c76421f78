import { setLocator } from '../fields';

export const registerLocator = setLocator('informationRegister', 'Register', 'searchOnecInformationRegisters', 'InformationRegister_ЦеныНоменклатуры');
export const KEY_HINT = 'Every dimension of the row with its value, the period too where the register has one';
export const KEY_EXAMPLE = { Period: '2026-11-24T00:00:00', Номенклатура_Key: '…' };
