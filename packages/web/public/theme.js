// Sets the chosen theme before anything is drawn; a file of its own since the page's policy allows no inline script.
{
  const theme = localStorage.getItem('rookery.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
}
