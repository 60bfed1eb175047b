/** A path inside the workspace, relative to its root, with forward slashes; never starting with `/` or `../`. */
export type WorkspacePath = string & {readonly brand: 'WorkspacePath'};

/** The id of one tool call, as the model's service gave it. */
export type CallId = string & {readonly brand: 'CallId'};

/** The id of one conversation with the model; also the name of its journal file. */
export type ConversationId = string & {readonly brand: 'ConversationId'};

/** A SHA-256 in lower-case hex. */
export type Digest = string & {readonly brand: 'Digest'};
