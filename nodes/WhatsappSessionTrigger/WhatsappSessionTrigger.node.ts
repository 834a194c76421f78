import { NodeConnectionTypes, type INodeType, type INodeTypeDescription, type ITriggerFunctions, type ITriggerResponse } from 'n8n-workflow';
import { STORE_CREDENTIAL } from '../shared/store';
import { testStore } from '../shared/store-test';
import { properties } from './panel';
import { startTrigger } from './start';

/** Messages of a linked WhatsApp number. */
export class WhatsappSessionTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WhatsApp Session Trigger',
		name: 'whatsappSessionTrigger',
		icon: { light: 'file:whatsappSessionTrigger.svg', dark: 'file:whatsappSessionTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["session"] }}',
		description: 'Starts the workflow with what a person wrote to a linked WhatsApp number, several short messages as one; unofficial client',
		defaults: { name: 'WhatsApp Session Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Message', 'Delivery', 'Session State'],
		eventTriggerDescription: 'Waiting for a message to the linked number',
		activationMessage: 'Messages to the linked number start this workflow now. A number that is not linked yet is paired with WhatsApp Session or the pairing page.',
		triggerPanel: {
			header: '',
			executionsHelp: {
				inactive: 'Publish the workflow first: a test listens to a session that runs. Then click "Execute step" and write to the number.',
				active: 'Click "Execute step" and write to the number from another phone.',
			},
			activationHint: 'The number is connected while a published workflow has this trigger.',
		},
		credentials: [{ name: STORE_CREDENTIAL, required: false, testedBy: 'testStore' }],
		properties,
	};

	methods = { credentialTest: { testStore } };

	trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return startTrigger(this);
	}
}
