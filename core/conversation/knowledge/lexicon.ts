/**
 * Words of a question that say nothing of its subject. Folded. Negations are among them: a salon writes «нельзя» where
 * a client asks «можно». Words of booking are not: «отменить» and «перенести» are subjects here.
 */
export const EMPTY_WORDS: ReadonlySet<string> = new Set(
	`а без бы в вам вами вас ваш ваша ваше вашего вашей вашем ваши вашу ведь во вообще вот вы где да даже для до его ее если есть еще ж же за и из или им их к как какая какие каких какого какое какой каком какую кем ко когда кого
	количество кто куда ли либо лишь меня мне много могу может можем можете можно мной мне мог могла могли мои мой моя мою мое моего моей моем мы на нам нами нас наш не нее нельзя ней нет ни ним них но ну о об обычно однако он она они оно от откуда очень перед под по пожалуйста
	почему при про просто ради с сам сама сами свой свои своя свою своего своей своем своим своими себе себя со сколько так также такая такие такой там те тем то того тогда тоже той только том тот тут ты у уж уже хочу хотел хотела хотим хотелось хочется чего чем через что чтобы чье чья чей эта эти это этого этой этом эту
	будет будут буду был была было были быть бывает бывают являетесь имеется имеются имеет ли зачем
	подскажите скажите расскажите скажи подскажи интересует интересно узнать спросить вопрос знать знаете хотела понять уточнить уточните сообщите ответьте объясните можно ли разрешено разрешается допускается допустимо запрещено обязательно нужно надо нужен нужна нужны требуется необходимо получится возможно возможность
	здравствуйте привет добрый доброе доброго день утро вечер дня утра вечера спасибо благодарю заранее девушка девушки пжлст плиз
	предусмотрено предусмотрена предоставляете предоставляется делаете делать делаю сделать делают сделаете есть ли случае если вдруг нибудь либо какой-нибудь
	салон салона салоне салону салоном студия студии студию студией клиника клинике клиники заведение заведении рядом около возле вблизи поблизости недалеко прийти приходить приду придти придем прихожу пришла пришел прийду приехать приеду приезжать приезжаю подъехать заехать посетить посещать посещение
	взять брать беру возьму берете берут собой свое рядом находясь оставить оставлять оставлю поставить ставить туда сюда отсюда здесь другой другое другая другие другую другого другим других другому
	люди людей людям людьми человек человека хотя раз еле только лишь
	дать дают дадут дадите даете дам купить куплю куда-нибудь немного чуть ничего нормально страшно плохо хорошо стать быть ищу нашла нашел собираюсь собираемся планирую записана записан записались завтра сегодня послезавтра сейчас
	a about all also am an and any anyone are as at be been but by can could did do does doing for from get give got had has have having hello her here hey hi him his how i if in into is it its just know let like may me might my need no not of offer on or our out please
	provide s say should so some someone something somewhere such t tell thank thanks that the their them then there these they this those to u us want was we were what when where which while who whom why will with without would you your yours
	only use uses using used people person i'm i'll it's
	happen happens happened required require requires accept accepts accepting buy sell sells purchase today tomorrow really else other another lot
	allowed possible okay ok right need possibly wondering wonder ask question salon studio place yes come coming visit bring take near nearby around put leave`
		.split(/\s+/)
		.filter((word) => word !== ''),
);

/** Starts of further such words, whatever their endings. */
export const EMPTY_STARTS: readonly string[] = ['принима', 'пуска', 'впуска', 'прода', 'покупа', 'обязательн', 'приезжа', 'разреш', 'предоставл', 'использ', 'приход', 'прид', 'работает', 'работаем'];

/** A subject -> the wider one it belongs to: an entry named by the wider one answers when its text speaks of the narrower. */
export const WIDER: ReadonlyMap<string, string> = new Map([
	['#card', '#payment'],
	['#cash', '#payment'],
]);

/** Subjects that stand in questions about anything: they hardly speak against an entry that does not name them. */
export const COMMON: ReadonlySet<string> = new Set(['#masters', '#visit']);

/** Subjects that an entry must speak of when they are asked: a text about stays and children does not say what it costs. */
export const DECIDING: ReadonlySet<string> = new Set(['#price']);

/**
 * What clients ask salons about -> the starts of the words and two-word phrases that mean it, folded. A word counts as
 * the first subject whose start it has; two words together count before one alone. Subjects share nothing: a word that
 * may mean two of them stands in neither.
 */
export const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
	parking: ['парков', 'припарк', 'парку', 'паркинг', 'стоянк', 'машина', 'машину=', 'машины=', 'машиной=', 'машине=', 'автомобил', 'авто=', 'парковочн', 'parking lot', 'car park', 'parking', 'park=', 'car='],
	children: ['дет=', 'дети', 'детей', 'детям', 'детьми', 'детск', 'детиш', 'ребен', 'ребят', 'малыш', 'дочк', 'дочер', 'дочь', 'сын=', 'сыном', 'сынок', 'грудничк', 'младен', 'коляск', 'child', 'kid=', 'kids', 'kid', 'toddler', 'baby', 'babies', 'stroller', 'daughter', 'son='],
	pets: ['животн', 'собак', 'собач', 'кошк', 'кошеч', 'котом', 'питом', 'песик', 'щен', 'пес=', 'псом', 'йорк', 'pet=', 'pets', 'dog', 'cat=', 'cats', 'puppy', 'animal'],
	card: ['перевести=', 'переведу=', 'мир=', 'карт=', 'карта', 'карту', 'карте', 'картой', 'карты', 'картам', 'картами', 'карточ', 'банковск карт', 'кредитн карт', 'безнал', 'терминал', 'card', 'cards', 'contactless', 'visa', 'mastercard', 'credit card', 'debit card', 'apple pay', 'google pay', 'сбп', 'по qr', 'qr=', 'переводом', 'перевод='],
	cash: ['налич', 'cash'],
	payment: ['оплат', 'оплач', 'плат=', 'платить', 'плачу', 'заплат', 'платеж', 'расплат', 'рассчитат', 'расчет', 'рассчитыв', 'pay=', 'paying', 'payment', 'pays'],
	prepayment: ['предоплат', 'предоплач', 'задаток', 'задатк', 'залог', 'аванс', 'депозит', 'deposit', 'prepay', 'prepaid', 'advance payment', 'pay upfront', 'upfront'],
	instalments: ['рассрочк', 'кредит=', 'частями', 'долями', 'сплит', 'instal', 'split payment'],
	gift: ['подароч', 'подарок', 'подарк', 'подарит', 'подар', 'сертификат', 'gift', 'voucher', 'подарочн карт', 'подарочн сертификат', 'gift card', 'gift certificate'],
	loyalty: ['карт лояльн', 'карта лояльн', 'карту лояльн', 'карт постоянн', 'карта постоянн', 'бонус', 'лояльност', 'балл', 'кэшбэк', 'кешбэк', 'накопит', 'loyalty', 'bonus', 'points', 'cashback', 'дисконтн карт', 'скидочн карт', 'loyalty card', 'бонусн карт', 'постоянн клиент', 'regular client', 'regular customer'],
	discount: ['скидк', 'скидоч', 'акци', 'акций', 'льгот', 'распродаж', 'промокод', 'discount', 'promo', 'special offer', 'sale='],
	students: ['студент', 'школьник', 'учащ', 'student', 'pupil'],
	seniors: ['пенсион', 'пожил', 'retired', 'pensioner', 'senior'],
	birthday: ['др=', 'рожден', 'именин', 'birthday', 'ден рожден', 'день рожден', 'дня рожден'],
	late: ['опозд', 'опазд', 'опоздан', 'задерж', 'не успева', 'опаздыв', 'late=', 'running late', 'be late', 'am late', 'delay'],
	cancel: ['отмен', 'отказат', 'cancel', 'call off'],
	move: ['перенес', 'перенос', 'перезапис', 'reschedul', 'postpone', 'change appointment', 'move appointment'],
	allergy: ['аллерг', 'гипоаллерг', 'allerg', 'hypoallerg', 'непереносим', 'чувствительн кож', 'sensitive skin'],
	tools: ['инструмент', 'tool', 'equipment'],
	sterile: ['стерил', 'дезинф', 'обрабатыва', 'автоклав', 'сухожар', 'крафт', 'гигиеничн', 'санитар', 'steril', 'disinfect', 'sanitiz', 'sanitis', 'autoclave'],
	pregnancy: ['беремен', 'pregnan', 'expecting', 'кормящ', 'грудн вскарм', 'breastfeed'],
	age: ['возраст', 'скольки лет', 'лет=', 'несовершеннолет', 'подрост', 'age=', 'ages', 'teenager', 'how old', 'years old', 'minor', 'under 18'],
	price: ['стоит', 'стоимост', 'цен=', 'цена', 'цены', 'цену', 'ценник', 'прайс', 'прейскурант', 'почем', 'бесплат', 'платн', 'платный', 'дорог', 'недорог', 'price', 'cost', 'fee=', 'free=', 'expensive', 'charge', 'how much'],
	hours: ['график', 'часы', 'режим', 'скольки работ', 'скольки вы', 'как работ', 'открыт', 'открыва', 'закрыт', 'закрыва', 'выходн', 'праздник', 'праздничн', 'нов год', 'opening', 'open=', 'close=', 'closed', 'schedule', 'holiday', 'hours', 'weekend'],
	address: ['адрес', 'находит', 'располож', 'добрат', 'доехат', 'проехат', 'метро', 'маршрут', 'проезд', 'дойти', 'этаж', 'address', 'located', 'location', 'directions', 'metro', 'subway', 'floor='],
	duration: ['длит', 'долго', 'длительност', 'продолжительн', 'по времени', 'займет', 'занимает', 'how long', 'duration', 'lasts'],
	guarantee: ['гарант', 'передела', 'переделк', 'скол=', 'скола', 'сколы', 'откол', 'отлет', 'отвалил', 'отслои', 'исправ', 'корректир', 'guarantee', 'warranty', 'chip', 'redo', 'refund', 'вернуть деньг', 'возврат'],
	wifi: ['вайфай', 'вай фа', 'wifi', 'wi fi', 'wi-fi', 'интернет', 'internet'],
	drinks: ['кофе', 'чай=', 'чаю', 'чая', 'напит', 'угоща', 'coffee', 'tea=', 'drink', 'beverage'],
	brand: ['марк=', 'марка', 'марки', 'марках', 'бренд', 'косметик', 'материал', 'фирм', 'красител', 'brand', 'product', 'cosmetic', 'material'],
	masters: ['мастер', 'специалист', 'стилист', 'сотрудник', 'master', 'stylist', 'specialist', 'technician', 'staff'],
	training: ['обучен', 'курс=', 'курсы', 'научит', 'обуча', 'учеб', 'course', 'training', 'academy', 'classes'],
	vacancy: ['ваканс', 'ищу работ', 'устроит работ', 'на работу', 'работа=', 'сотруднич', 'резюме', 'job=', 'jobs', 'vacanc', 'hiring', 'career'],
	model: ['модел', 'model'],
	rent: ['аренд', 'rent'],
	disabled: ['инвалид', 'пандус', 'маломобил', 'колясочн', 'wheelchair', 'disab', 'accessib', 'ramp=', 'lift=', 'лифт', 'elevator'],
	home: ['на дом', 'домой=', 'на дому', 'выезд', 'выезжа', 'home visit', 'at home', 'house call'],
	friends: ['подруг', 'друг=', 'другом', 'друзь', 'вдвоем', 'вместе', 'компани', 'friend', 'together', 'group='],
	two_hands: ['четыр рук', '4 рук', 'одновременн', 'параллел', 'four hands', 'same time', 'simultan'],
	men: ['мужчин', 'мужск', 'муж=', 'мужа', 'мужу', 'мужем', 'парн', 'men=', 'man=', 'male', 'husband', 'boyfriend'],
	prepare: ['подготов', 'готовит', 'перед процедур', 'до процедур', 'prepar', 'before the', 'beforehand'],
	aftercare: ['после процедур', 'уход=', 'ухаживат', 'мыть', 'aftercare', 'care=', 'wash='],
	documents: ['чек=', 'чеки', 'квитанц', 'справк', 'документ', 'договор', 'receipt', 'invoice', 'document', 'certificate of'],
	licence: ['лиценз', 'диплом', 'медицинск образован', 'licen', 'diploma', 'certified', 'qualified'],
	feedback: ['жалоб', 'претенз', 'недовол', 'отзыв', 'complain', 'feedback', 'review'],
	reminder: ['смс', 'sms', 'напомн', 'напомин', 'remind'],
	photo: ['фото', 'портфолио', 'пример работ', 'работ мастер', 'инстаграм', 'photo', 'portfolio', 'instagram', 'picture'],
	food: ['кафе', 'еда=', 'еду=', 'поесть', 'перекус', 'food', 'snack', 'eat='],
	toilet: ['туалет', 'санузел', 'уборн', 'toilet', 'bathroom', 'restroom', 'wc='],
	smoke: ['кур=', 'курит', 'курен', 'вейп', 'smok', 'vape'],
	lost: ['забыл', 'потерял', 'оставил вещ', 'вещь=', 'вещи=', 'вещей=', 'зонт', 'шарф', 'перчатк', 'lost=', 'forgot', 'left my'],
	language: ['английск', 'говорите по', 'язык', 'english', 'language', 'speak'],
	tips: ['чаев', 'tip=', 'tips', 'tipping', 'gratuity'],
	walk_in: ['без записи', 'живая очеред', 'живой очеред', 'очеред', 'walk in', 'walk-in', 'queue', 'without appointment', 'without booking'],
	visit: ['запис', 'визит', 'бронь', 'брони', 'appointment', 'booking', 'врем=', 'время', 'времени'],
	haircut: ['стриж', 'стричь', 'стриг', 'подстри', 'постри', 'haircut', 'hair cut', 'trim='],
	colouring: ['окраш', 'покрас', 'краси', 'крашен', 'мелир', 'тониров', 'балаяж', 'colour', 'color', 'dye', 'highlight'],
	manicure: ['маник', 'ногт', 'ногот', 'manicure', 'nail'],
	pedicure: ['педик', 'pedicure'],
	gel_polish: ['гель лак', 'шеллак', 'gel polish', 'shellac'],
	depilation: ['депил', 'эпил', 'шугар', 'воск', 'wax', 'sugaring', 'laser hair'],
	brows: ['бров', 'brow', 'eyebrow'],
	lashes: ['ресниц', 'ресничк', 'lash', 'eyelash'],
	massage: ['массаж', 'massage'],
	beard: ['бород', 'бритье', 'побри', 'beard', 'shave'],
	styling: ['укладк', 'уложит', 'причес', 'styling', 'blowout', 'blow dry'],
	subscription: ['абонемент', 'пакет', 'subscription', 'package', 'membership'],
};
