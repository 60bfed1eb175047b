/** product.md: what a task has shown; `proven` needs a seen red and comes with a later issue. Weakest last. */
export type Grade = 'proven' | 'passing' | 'green' | 'unproven' | 'red';
