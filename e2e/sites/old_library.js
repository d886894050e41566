// What libraries of 2007 left in the prototypes, and some that went further.
for (const kind of [Object, Array, String, Function]) kind.prototype.extra = () => "!";
Array.prototype.toJSON = () => "broken";
Array.from = undefined;
Element.prototype.remove = undefined;
