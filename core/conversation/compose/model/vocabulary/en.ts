/**
 * Words of courtesy, empathy and conversation, folded; `*` is any ending. What is not here a model may not say in its own
 * name, so a lie needs words it does not have. No word here names a fact, an effect, a permission or a commitment.
 */
export const TONE_EN = `
i i'm i'll i'd me my mine we we're we'd us our you you're you'd your yours it it's this that that's these those there here they them the a
an and or but so if as than then because to of in on at for with about from by into is are am was were be being do does did doing don't
didn't have can could would should will may might must let let's not no worries worry rush hurry all any some something anything else more
most much many lots very really truly just quite too also only even still always again now please how what when where who why which whatever
thank* thanks welcome sorry apolog* appreciate* grateful glad happy pleased pleasure delight* love lovely like liked nice good great kind
kindly sweet warm wonderful excellent perfect interest* fun funny fair sure understand* understood see hear heard feel know think thought
mean means meant hope wish want wanted need needed care believe imagine agree ask asked asking tell telling told say said share* shar*
explain* answer* question* message* word* note thing* point* help* try check* look* find found show* pick* choos* choice* option* fits suit*
sort talk* chat* speak* go going start* continue begin moment second minute bit way step one few out free meet together along first next
quick short simple clear patient patience confusion confus* misunderst* mistake* trouble* problem* annoying annoy* frustrat* difficult* hard
tough sad loss well better best okay fine alright idea* detail* information list news mood smile* joke* weather day style beauty new look
exciting excit* celebrat* congrat* birthday happens happen change plan* writing wrote write reach* touch sharing listening listen read
reading sounds sound makes make sense take tak* deep breath haha oh wow ah hmm hey indeed
`;

/** Words of the questions a reply may ask; only in a sentence that asks. */
export const ASKING_EN = `
today day date time service* treatment* specialist* master* name phone number* call called put under have come visit prefer* rather works work
book booking morning afternoon noon week different correct change* move send give leave get reply one
`;
