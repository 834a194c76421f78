'use strict';

/** The core for scripts; n8n itself loads the nodes from dist/nodes and never this file. See docs/api.md. */
module.exports = require('./dist/core/index.js');
