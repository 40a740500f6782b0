// Blocks of a reply.
