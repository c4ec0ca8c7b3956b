import type { Criterion, Limit, Requirement, Trial } from "./trial";

function bound(sign: string, limit: Limit | null | undefined): string {
  return limit ? ` ${sign} ${limit.value} ${limit.unit?.ucum ?? limit.relative_to ?? ""}` : "";
}

/** A case for each kind: one that is added, or named otherwise, is an error of the last line. */
export function formula(item: Requirement): string {
  switch (item.kind) {
    case "threshold":
      return (item.measure.name ?? item.text) + bound(">=", item.lower) + bound("<=", item.upper);
    case "window":
      return `${item.direction ?? ""} ${item.anchor ?? item.text}`;
    case "statement":
      return item.asserts ? item.text : `(${item.text})`;
    case "all":
    case "any":
      return item.items.map(formula).join(item.kind === "all" ? " and " : " or ");
    case "at_least":
      return `${item.minimum} of ${item.items.map(formula).join(", ")}`;
    case "not":
      return `not ${formula(item.item)}`;
    case "if":
      return `if ${formula(item.condition)}: ${formula(item.then)}, ${item.otherwise ? formula(item.otherwise) : ""}`;
    default: {
      const none: never = item;
      return none;
    }
  }
}

export function criteria(trial: Trial): string[] {
  const below = (each: Criterion): string[] => [
    `${each.id} ${each.requirement ? formula(each.requirement) : each.text}`,
    ...each.children.flatMap(below),
  ];
  return [...trial.eligibility.inclusion, ...trial.eligibility.exclusion].flatMap(below);
}
