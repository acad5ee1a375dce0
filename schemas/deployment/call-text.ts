/** All that a call-out says, to whomever it goes: where to look. What it is about is for who signs in. */
export const callText = [
  'Acasă: vă rugăm să intrați în sistem și să deschideți pagina „De făcut”.',
  'Acasă: please sign in and open the page “My work”.',
  'Acasă: войдите, пожалуйста, в систему и откройте страницу «Моя работа».',
].join('\n')
