package io.waybill.core.event;

/** Is told, after the commit, what was committed: where counters are counted. Never throws. */
@FunctionalInterface
public interface CommitListener {

  CommitListener NONE = facts -> {};

  void committed(Facts facts);
}
