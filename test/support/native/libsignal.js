'use strict';

/** The copy the client itself uses, outside jest's module registry: see baileys.js. */
module.exports = process.getBuiltinModule('node:module').createRequire(__filename)('libsignal');
