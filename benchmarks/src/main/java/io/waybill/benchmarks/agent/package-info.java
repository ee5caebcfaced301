/** What the agent and the programs beside it cost, measured from outside the processes. */
@org.jspecify.annotations.NullMarked
package io.waybill.benchmarks.agent;
