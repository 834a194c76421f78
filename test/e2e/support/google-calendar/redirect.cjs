/** Preloaded into n8n: its Google Calendar node knows one address only. Everything for www.googleapis.com goes to the double on loopback. */
const http = require('node:http');
const https = require('node:https');

const double = new URL(process.env.GOOGLE_CALENDAR_DOUBLE);
const request = https.request;

https.request = function redirected(options, ...rest) {
	const host = options.hostname ?? options.host;
	if (host !== 'www.googleapis.com') return request.call(this, options, ...rest);
	const { agent: _agent, agents: _agents, servername: _servername, ...kept } = options;
	return http.request({ ...kept, protocol: 'http:', hostname: double.hostname, host: double.hostname, port: double.port }, ...rest);
};
