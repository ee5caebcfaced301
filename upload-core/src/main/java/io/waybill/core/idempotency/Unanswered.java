package io.waybill.core.idempotency;

/** An intent with a reply address that nobody has answered yet. */
public record Unanswered(Scope scope, ReplyAddress reply) {}
