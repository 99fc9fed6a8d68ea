/** Every word that notification says, in French: the language the product is written in. */
export const fr = {
  notification: {
    'ticket-opened': 'Nouveau ticket #{{ticket}} de {{who}} : {{subject}}',
    'ticket-opened-for-you': 'Le ticket #{{ticket}} a été ouvert pour vous : {{subject}}',
    'ticket-accepted': 'Votre ticket #{{ticket}} est pris en charge : {{subject}}',
    'message-from-support': '{{who}} vous a répondu dans le ticket #{{ticket}} : {{subject}}',
    'message-from-customer': '{{who}} a écrit dans le ticket #{{ticket}} : {{subject}}',
    'note-posted': '{{who}} a laissé une note interne dans le ticket #{{ticket}}',
    'ticket-waiting': 'Votre ticket #{{ticket}} est en cours de traitement : {{subject}}',
    'ticket-closed': 'Le ticket #{{ticket}} est fermé : {{subject}}',
    'ticket-reopened': 'Le ticket #{{ticket}} est rouvert : {{subject}}',
    'ticket-assigned': 'Le ticket #{{ticket}} vous est attribué : {{subject}}',
    'priority-changed': 'La priorité du ticket #{{ticket}} a changé : {{subject}}',
    'mail-quarantined': 'Un e-mail attend votre décision en quarantaine',
    'invoice-issued': 'Nouvelle facture {{invoice}}',
    'credit-note-issued': 'Nouvelle note de crédit {{invoice}}',
    'invoice-reminded': 'Rappel de paiement : facture {{invoice}}',
  },
  mail: {
    hello: 'Bonjour {{name}},',
    fallback: 'Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :',
    replyHint: 'Vous pouvez répondre directement à cet e-mail : votre réponse rejoint le ticket #{{ticket}}.',
    signature: '{{brand}}, support informatique',
    writes: '{{who}} écrit :',
    attachments: 'Pièces jointes (à ouvrir sur le portail) : {{names}}',
    welcome: {
      subject: 'Bienvenue sur le portail {{brand}}',
      lead: 'Un accès au portail de support {{brand}} vient de vous être ouvert. Choisissez votre mot de passe pour commencer.',
      more: 'Ce lien reste valable jusqu’au {{until}}. Vous pourrez ensuite ouvrir et suivre vos tickets sur le portail, ou en écrivant à {{support}} depuis cette adresse.',
      button: 'Vers le portail',
    },
    'password-reset': {
      subject: 'Choisir un nouveau mot de passe',
      lead: 'Vous avez demandé à changer le mot de passe de votre accès {{brand}}.',
      more: 'Ce lien reste valable jusqu’au {{until}} et ne sert qu’une fois. Si vous n’avez rien demandé, ignorez cet e-mail : rien ne change.',
      button: 'Choisir un mot de passe',
    },
    'password-changed': {
      subject: 'Votre mot de passe a été changé',
      lead: 'Le mot de passe de votre accès {{brand}} vient d’être changé. Toutes vos autres sessions sont terminées.',
      more: 'Si ce n’est pas vous, choisissez-en un nouveau tout de suite et prévenez {{support}}.',
      button: 'Choisir un nouveau mot de passe',
    },
    'confirm-address': {
      subject: 'Confirmer votre adresse {{address}}',
      lead: '{{name}} souhaite écrire au support {{brand}} depuis {{address}}.',
      more: 'Confirmez-le avant le {{until}} : vos e-mails envoyés de cette adresse ouvriront alors des tickets à votre nom. Si vous n’avez rien demandé, ignorez cet e-mail : rien ne change.',
      button: 'Confirmer cette adresse',
    },
    receipt: {
      subject: '[#{{ticket}}] Bien reçu : {{subject}}',
      lead: 'Votre demande est enregistrée sous le numéro #{{ticket}}. Donnez ce numéro si vous nous appelez.',
      more: 'Nous vous prévenons dès qu’un technicien la prend en charge.',
      button: 'Ouvrir le ticket',
    },
    'ticket-accepted': {
      subject: '[#{{ticket}}] Pris en charge : {{subject}}',
      lead: '{{who}} a pris en charge votre ticket #{{ticket}}.',
      more: '',
      button: 'Cliquez ici pour ouvrir le ticket',
    },
    'message-posted': {
      subject: '[#{{ticket}}] {{subject}}',
      lead: '{{who}} a écrit dans le ticket #{{ticket}}.',
      more: '',
      button: 'Cliquez ici pour ouvrir le ticket',
    },
    'ticket-closed': {
      subject: '[#{{ticket}}] Fermé : {{subject}}',
      lead: 'Le ticket #{{ticket}} est fermé.',
      more: 'Le problème persiste ? Répondez à cet e-mail ou écrivez dans le ticket : il sera rouvert.',
      button: 'Cliquez ici pour ouvrir le ticket',
    },
    'support-ticket': {
      subject: '[#{{ticket}}] Nouveau ticket de {{who}} : {{subject}}',
      lead: '{{who}} a ouvert le ticket #{{ticket}} (priorité {{priority}}).',
      more: '',
      button: 'Ouvrir le ticket',
    },
    'support-reply': {
      subject: '[#{{ticket}}] Réponse de {{who}} : {{subject}}',
      lead: '{{who}} a écrit dans le ticket #{{ticket}}.',
      more: '',
      button: 'Ouvrir le ticket',
    },
    'invoice-issued': {
      subject: 'Facture {{invoice}}',
      lead: 'Vous trouverez en annexe la facture {{invoice}} de {{amount}} €.',
      more: 'Chaque ligne y renvoie au ticket concerné ; le détail est sur le portail.',
      button: 'Voir la facture',
    },
    'credit-note-issued': {
      subject: 'Note de crédit {{invoice}}',
      lead: 'Vous trouverez en annexe la note de crédit {{invoice}} de {{amount}} €.',
      more: 'Elle corrige une facture que vous avez reçue ; le détail est sur le portail.',
      button: 'Voir la note de crédit',
    },
    'invoice-reminder-1': {
      subject: 'Rappel : facture {{invoice}}',
      lead: 'La facture {{invoice}}, à payer pour le {{due}}, nous semble encore ouverte pour {{amount}} €.',
      more: 'Sans doute un oubli. Merci de la payer avec la communication {{communication}} ; le PDF est en annexe. Si votre paiement est déjà parti, ignorez ce message.',
      button: 'Voir la facture',
    },
    'invoice-reminder-2': {
      subject: 'Deuxième rappel : facture {{invoice}}',
      lead: 'Malgré notre premier rappel, {{amount}} € restent à payer sur la facture {{invoice}}, échue le {{due}}.',
      more: 'Merci de payer dans les sept jours avec la communication {{communication}}. Un désaccord ou une difficulté ? Dites-le-nous en posant une question sur la ligne concernée, sur le portail.',
      button: 'Voir la facture',
    },
    'invoice-reminder-3': {
      subject: 'Dernier rappel : facture {{invoice}}',
      lead: 'Ceci vaut mise en demeure : {{amount}} € restent à payer sur la facture {{invoice}}, échue le {{due}}.',
      more: 'Sans paiement dans les huit jours, avec la communication {{communication}}, nous en confierons le recouvrement à un tiers ; les intérêts et indemnités que la facture mentionne seront alors réclamés.',
      button: 'Voir la facture',
    },
  },
  priority: { low: 'basse', normal: 'normale', high: 'haute', urgent: 'urgente' },
}

type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> }
/** A key that a language lacks does not compile. */
export type Texts = Words<typeof fr>
