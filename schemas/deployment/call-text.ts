/** All that a call-out says, to whomever it goes: where to look. What it is about is for who signs in. */
export const callText = [
  'Acasă: vă rugăm să intrați în sistem și să vă uitați la lista de lucru.',
  'Acasă: please sign in and look at your work list.',
  'Acasă: войдите, пожалуйста, в систему и посмотрите список задач.',
].join('\n')
