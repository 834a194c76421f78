'use strict';

/** Jest's own loader cannot require an ES module, Node's can: jest.config.js maps the client's name to this file. */
module.exports = process.getBuiltinModule('node:module').createRequire(__filename)('@whiskeysockets/baileys');
