/** Preloaded into n8n: some of its nodes know one address only. Everything for the host `REDIRECTED_HOST` goes to the double at `REDIRECTED_TO` on loopback. */
const http = require('node:http');
const https = require('node:https');

const redirectedHost = process.env.REDIRECTED_HOST;
const double = new URL(process.env.REDIRECTED_TO);
const request = https.request;

https.request = function redirected(options, ...rest) {
	const host = options.hostname ?? options.host;
	if (host !== redirectedHost) return request.call(this, options, ...rest);
	const { agent: _agent, agents: _agents, servername: _servername, ...kept } = options;
	return http.request({ ...kept, protocol: 'http:', hostname: double.hostname, host: double.hostname, port: double.port }, ...rest);
};
