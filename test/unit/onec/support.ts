import axios from 'axios';
import { createAxiosPort, type Transport } from '../../../core/crm/http';
import { createOnecTransport, signingHeaders } from '../../../core/crm/onec';
import { createMemoryLimiter } from '../../../core/store/limiter';
import { createClock } from '../../contract/simulators/kit';
import type { OneCSimulator } from '../../contract/simulators/onec';
import { NOW } from '../../contract/support/vendor-bench';

/** The real transport to a base, whose waiting costs no real time. */
export function transportOf(sim: OneCSimulator, password = sim.password): Transport {
	const clock = createClock(NOW);
	return createOnecTransport({
		port: createAxiosPort(axios.create()),
		limiter: createMemoryLimiter({ windows: [] }),
		baseUrl: sim.url,
		headers: signingHeaders({ login: sim.login, password }),
		clock: clock.now,
		sleep: clock.sleep,
	});
}
