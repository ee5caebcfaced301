/** What the agent is told to do: one YAML file, and the environment over it. */
@NullMarked
package io.waybill.agent.config;

import org.jspecify.annotations.NullMarked;
