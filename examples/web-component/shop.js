// The page's own script: it knows three tags, their properties and their events.

const order = document.querySelector('#order');
const prices = { rye: 4.2, wheat: 3.5, plait: 0.8 };

function addUp() {
  let total = 0;
  for (const stepper of order.querySelectorAll('x-stepper')) {
    total += (stepper.value ?? Number(stepper.getAttribute('value'))) * prices[stepper.getAttribute('name')];
  }
  document.querySelector('#total').textContent = total.toFixed(2);
}

order.addEventListener('change', addUp);
order.addEventListener('reset', () => setTimeout(addUp));

order.addEventListener('submit', (event) => {
  event.preventDefault();
  document.querySelector('#sent').textContent = new URLSearchParams(new FormData(order));
  document.querySelector('#note').open = true;
});

document.querySelector('#busy').addEventListener('click', () => {
  for (const line of document.querySelectorAll('x-sparkline')) {
    line.points = line.points.map((sold) => Math.round(sold * (0.6 + Math.random())));
  }
});

document.addEventListener('day-picked', (event) => {
  const { day, value } = event.detail;
  event.target.title = `${value} on day ${day}`;
});
